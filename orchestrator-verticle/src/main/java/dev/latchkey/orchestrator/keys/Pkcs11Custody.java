// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.keys;

import dev.latchkey.eventbus.crypto.SigningKey;
import dev.latchkey.eventbus.crypto.VerifyingKey;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The signing key is in a PKCS#11 token. The two others, which instances' registrations and the shared state are opened with, stay in the
 * PKCS#12 file, whose own signing key is not used.
 */
final class Pkcs11Custody implements KeyCustody {
    /** Labels of other keys of the token that the trust bundle is to name: the next one, or the one before. */
    private static final String ALSO = "alsoTrusted";

    @Override
    public String kind() {
        return "pkcs11";
    }

    @Override
    public Set<String> settings() {
        return Set.of(Pkcs11Settings.LIBRARY, Pkcs11Settings.TOKEN, Pkcs11Settings.KEY, Pkcs11Settings.PIN, ALSO);
    }

    @Override
    public boolean needsKeystore() {
        return true;
    }

    @Override
    public OrchestratorKeys load(JsonObject settings, @Nullable OrchestratorKeys keystore) {
        if (keystore == null) {
            throw new IllegalArgumentException("custody.kind: pkcs11 needs 'keystore' and 'keystorePasswordFile' too");
        }
        Pkcs11Settings token = Pkcs11Settings.of(settings);
        List<VerifyingKey> published = also(settings).stream()
                .map(label -> publicKey(token.withKey(label)))
                .toList();
        SigningKey signing = signing(Pkcs11Token.open(token));
        keystore.signing().close();
        return new OrchestratorKeys(signing, keystore.registration(), keystore.state(), published);
    }

    private static SigningKey signing(Pkcs11Token token) {
        try {
            return SigningKey.by(token, token.verifyingKey());
        } catch (IllegalArgumentException | IllegalStateException e) {
            token.close();
            throw new KeystoreException(
                    "custody.key: " + token + " does not sign as its public key says; make the pair anew", e);
        }
    }

    private static VerifyingKey publicKey(Pkcs11Settings settings) {
        try (Pkcs11Token token = Pkcs11Token.open(settings)) {
            return token.verifyingKey();
        }
    }

    private static List<String> also(JsonObject settings) {
        if (settings.getValue(ALSO, new JsonArray()) instanceof JsonArray labels
                && labels.stream().allMatch(String.class::isInstance)) {
            return labels.stream().map(String.class::cast).toList();
        }
        throw new IllegalArgumentException("custody." + ALSO + " is no list of labels; write such as [signing-2]");
    }
}
