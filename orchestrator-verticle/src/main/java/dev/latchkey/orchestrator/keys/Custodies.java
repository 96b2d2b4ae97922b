// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.keys;

import dev.latchkey.orchestrator.policy.Nearest;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Finds an orchestrator's keys where its settings say that they are. */
public final class Custodies {
    private static final String CUSTODY = "custody";
    private static final String KEYSTORE = "keystore";
    private static final String PASSWORD = "keystorePasswordFile";
    private static final String KIND = "kind";

    private Custodies() {}

    /**
     * The keys.
     *
     * @param options {@code keystore} and {@code keystorePasswordFile}, {@code custody}, or all of them; others are ignored
     * @throws IllegalArgumentException for a setting that is missing or wrong, naming it
     * @throws KeystoreException for keys that cannot be used
     */
    public static OrchestratorKeys load(JsonObject options) {
        if (!options.containsKey(CUSTODY)) {
            return keystore(options);
        }
        if (!(options.getValue(CUSTODY) instanceof JsonObject section)) {
            throw new IllegalArgumentException(
                    "orchestrator options: 'custody' is no section; put settings such as 'kind: pkcs11' under it");
        }
        KeyCustody custody = find(KeyCustody.required(section, KIND));
        section.fieldNames().forEach(name -> requireKnown(custody, name));
        return load(custody, section, custody.needsKeystore() ? keystore(options) : null);
    }

    /** What is not handed over is erased. */
    private static OrchestratorKeys load(KeyCustody custody, JsonObject section, @Nullable OrchestratorKeys keystore) {
        try {
            return custody.load(section, keystore);
        } catch (RuntimeException e) {
            if (keystore != null) {
                keystore.close();
            }
            throw e;
        }
    }

    private static KeyCustody find(String kind) {
        List<KeyCustody> all = new ArrayList<>(List.of(new Pkcs11Custody(), new EncryptedFileCustody()));
        ServiceLoader.load(KeyCustody.class).forEach(all::add);
        List<String> kinds = all.stream().map(KeyCustody::kind).toList();
        return all.stream()
                .filter(one -> one.kind().equals(kind))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("custody.kind: there is no '" + kind + "'; "
                        + Nearest.to(kind, kinds).orElse("write one of " + String.join(", ", kinds))));
    }

    private static void requireKnown(KeyCustody custody, String name) {
        if (!name.equals(KIND) && !custody.settings().contains(name)) {
            List<String> known = custody.settings().stream().sorted().toList();
            throw new IllegalArgumentException(CUSTODY + "." + name + " is unknown; "
                    + Nearest.to(name, known).orElse("known are " + known));
        }
    }

    private static OrchestratorKeys keystore(JsonObject options) {
        char[] password = KeystorePassword.read(path(options, PASSWORD));
        return OrchestratorKeystore.load(path(options, KEYSTORE), password);
    }

    private static Path path(JsonObject options, String member) {
        if (options.getValue(member) instanceof String path) {
            return Path.of(path);
        }
        throw new IllegalArgumentException(
                "orchestrator options: '" + member + "' is missing; give the path of a file");
    }
}
