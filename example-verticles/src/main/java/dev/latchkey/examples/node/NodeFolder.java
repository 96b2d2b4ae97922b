// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.node;

import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.crypto.SigningKey;
import dev.latchkey.orchestrator.credential.Deployer;
import dev.latchkey.orchestrator.credential.DeployerJwt;
import dev.latchkey.orchestrator.keys.DeployerKeystore;
import dev.latchkey.orchestrator.keys.OrchestratorKeys;
import dev.latchkey.orchestrator.keys.OrchestratorKeystore;
import dev.latchkey.orchestrator.keys.PrivateFiles;
import dev.latchkey.orchestrator.policy.Policy;
import dev.latchkey.orchestrator.policy.PolicyFile;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** A temporary folder with fresh keys, a policy, and a credential for each service; gone when closed. */
public final class NodeFolder implements AutoCloseable {
    /** The trust bundle's file. */
    public static final String TRUST = "trust.json";

    private static final String KEYSTORE = "orchestrator.p12";
    private static final String DEPLOYER_KEYSTORE = "deployer.p12";
    private static final String PASSWORD = "keystore.password";
    private static final String POLICY = "policy.yaml";
    private static final String DEPLOYERS = "deployers.json";
    private static final String ISSUER = "deployer";
    private static final int PASSWORD_BYTES = 24;

    private final Path path;

    private NodeFolder(Path path) {
        this.path = path;
    }

    /**
     * A folder for a policy that stands beside a class.
     *
     * @param policy the name of its resource
     */
    public static NodeFolder create(Class<?> owner, String policy) throws IOException, GeneralSecurityException {
        try (InputStream in = Objects.requireNonNull(owner.getResourceAsStream(policy))) {
            return create(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /**
     * A folder for a policy.
     *
     * @param policy its YAML text
     */
    public static NodeFolder create(String policy) throws IOException, GeneralSecurityException {
        NodeFolder folder = new NodeFolder(Files.createTempDirectory("latchkey-nodes"));
        folder.fill(policy);
        return folder;
    }

    private void fill(String policyText) throws IOException, GeneralSecurityException {
        Files.writeString(path.resolve(POLICY), policyText);
        Policy policy = PolicyFile.load(path.resolve(POLICY));
        String password =
                HexFormat.of().formatHex(SecretBytes.random(PASSWORD_BYTES).copy());
        PrivateFiles.write(path.resolve(PASSWORD), password);
        writeTrust(policy, password.toCharArray());
        writeCredentials(policy, password.toCharArray());
    }

    private void writeTrust(Policy policy, char[] password) throws IOException, GeneralSecurityException {
        try (OrchestratorKeys keys = OrchestratorKeystore.create(path.resolve(KEYSTORE), password)) {
            write(TRUST, keys.trustBundle(policy.trustDomain()).toJson());
        }
    }

    private void writeCredentials(Policy policy, char[] password) throws IOException, GeneralSecurityException {
        try (SigningKey deployer = DeployerKeystore.create(path.resolve(DEPLOYER_KEYSTORE), password)) {
            write(DEPLOYERS, new Deployer(ISSUER, List.of(deployer.verifyingKey())).toJson());
            for (String service : policy.services().keySet()) {
                String credential = DeployerJwt.issue(
                        deployer, ISSUER, policy.trustDomain(), service, Clock.systemUTC(), Duration.ofMinutes(30));
                PrivateFiles.write(path.resolve(credential(service)), credential);
            }
        }
    }

    private void write(String name, JsonObject json) throws IOException {
        Files.writeString(path.resolve(name), json.encodePrettily());
    }

    /** The file of a service's credential. */
    public static String credential(String service) {
        return service + ".credential";
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** An orchestrator's options in this folder. */
    public static JsonObject orchestratorOptions(Path folder) {
        return new JsonObject()
                .put("keystore", folder.resolve(KEYSTORE).toString())
                .put("keystorePasswordFile", folder.resolve(PASSWORD).toString())
                .put("policy", folder.resolve(POLICY).toString())
                .put("deployers", folder.resolve(DEPLOYERS).toString());
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(path)) {
            files.sorted(Comparator.reverseOrder()).forEach(NodeFolder::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
