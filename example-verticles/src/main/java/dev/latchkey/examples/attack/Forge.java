// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import dev.latchkey.eventbus.TrustBundle;
import dev.latchkey.eventbus.crypto.SaltedBox;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.crypto.SigningKey;
import dev.latchkey.eventbus.registration.ProviderKey;
import dev.latchkey.eventbus.token.Tickets;
import dev.latchkey.eventbus.token.TokenGrant;
import dev.latchkey.eventbus.token.TokenId;
import dev.latchkey.eventbus.token.TokenMint;
import dev.latchkey.examples.node.NodeException;
import dev.latchkey.examples.node.NodeFolder;
import dev.latchkey.orchestrator.keys.DeployerKeystore;
import dev.latchkey.orchestrator.keys.OrchestratorKeys;
import dev.latchkey.orchestrator.keys.OrchestratorKeystore;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * The suite's own hand on the trust domain's keys. With it a token can be made of which everything is right but one thing, so
 * that its refusal shows the one check that is meant, and no other.
 */
final class Forge {
    static final String DOMAIN = "attack.latchkey";
    static final String DEPLOYER = "deployer";
    private static final long LIFETIME_MILLIS = 60_000;

    private final OrchestratorKeys keys;
    private final SigningKey deployer;
    private final TrustBundle trust;
    private final Path folder;
    private final Map<String, ProviderKey> providerKeys = new HashMap<>();

    private Forge(OrchestratorKeys keys, SigningKey deployer, TrustBundle trust, Path folder) {
        this.keys = keys;
        this.deployer = deployer;
        this.trust = trust;
        this.folder = folder;
    }

    /** Reads the keys of a folder. */
    static Forge open(Path folder) throws IOException {
        JsonObject files = NodeFolder.orchestratorOptions(folder);
        char[] password = Files.readString(Path.of(files.getString("keystorePasswordFile")))
                .trim()
                .toCharArray();
        return new Forge(
                OrchestratorKeystore.load(Path.of(files.getString("keystore")), password),
                DeployerKeystore.load(folder.resolve("deployer.p12"), password),
                TrustBundle.load(folder.resolve(NodeFolder.TRUST)),
                folder);
    }

    TrustBundle trust() {
        return trust;
    }

    SigningKey signing() {
        return keys.signing();
    }

    SecretBytes state() {
        return keys.state();
    }

    SigningKey deployer() {
        return deployer;
    }

    String credential(String service) throws NodeException {
        try {
            return Files.readString(folder.resolve(NodeFolder.credential(service)));
        } catch (IOException e) {
            throw new NodeException("the credential of " + service + " cannot be read: " + e.getMessage());
        }
    }

    /** Takes a provider's keys, of which the newest that is in use opens the tickets to be made. */
    void learn(ProviderKey key) {
        providerKeys.merge(key.operation(), key, (known, other) -> known.epoch() < other.epoch() ? known : other);
    }

    /** Knows no provider key any more: they were all replaced. */
    void forgetKeys() {
        providerKeys.clear();
    }

    /** The bytes of a provider's key. */
    byte[] providerKey(String operation) {
        return Objects.requireNonNull(providerKeys.get(operation), operation)
                .secret()
                .copy();
    }

    long epoch(String operation) {
        return Objects.requireNonNull(providerKeys.get(operation), operation).epoch();
    }

    /** A grant to open the vault as an orchestrator would write it now. */
    TokenGrant grant() {
        long now = System.currentTimeMillis();
        return new TokenGrant(
                new TokenId(random(), random()),
                "teller",
                "open_vault",
                List.of("vault.open", "vault.room.*"),
                epoch("open_vault"),
                now,
                now / 1000,
                (now + LIFETIME_MILLIS) / 1000,
                List.of());
    }

    private static long random() {
        return ByteBuffer.wrap(SecretBytes.random(Long.BYTES).copy()).getLong();
    }

    /** Papers that an orchestrator could have made. */
    Papers papers(TokenGrant grant) {
        return papers(grant, UnaryOperator.identity(), UnaryOperator.identity(), signing());
    }

    /** Papers whose claims are changed after the MACs were made, and signed anew. */
    Papers claiming(UnaryOperator<JsonObject> claims) {
        return papers(grant(), UnaryOperator.identity(), claims, signing());
    }

    /** Papers with another header, signed anew. */
    Papers headed(UnaryOperator<JsonObject> header) {
        return papers(grant(), header, UnaryOperator.identity(), signing());
    }

    private Papers papers(
            TokenGrant grant, UnaryOperator<JsonObject> header, UnaryOperator<JsonObject> claims, SigningKey key) {
        SecretBytes seed = SecretBytes.random(32);
        ProviderKey provider = Objects.requireNonNull(providerKeys.get(grant.operation()), grant.operation());
        try (SaltedBox box = Tickets.box(provider.secret())) {
            String compact =
                    new TokenMint(signing(), DOMAIN).mint(grant, seed, box).compact();
            String changed = Jwts.withHeader(Jwts.withClaims(compact, claims, key), header, key);
            return Papers.of(compact, seed).showing(changed);
        }
    }
}
