// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.keys;

import io.vertx.core.json.JsonObject;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A place where an orchestrator's keys are kept, other than the PKCS#12 file that {@code latchkey init} makes. The setting {@code
 * custody.kind} chooses it. To add one, list a public class with a public constructor without parameters in {@code
 * META-INF/services/dev.latchkey.orchestrator.keys.KeyCustody}.
 */
public interface KeyCustody {
    /** The name in {@code custody.kind}, such as {@code pkcs11}. */
    String kind();

    /** The settings that it knows beside {@code kind}; any other stops the start. Those that end with {@code File} are paths. */
    Set<String> settings();

    /** Whether it needs the PKCS#12 file too, since it keeps the signing key alone. */
    boolean needsKeystore();

    /**
     * The keys. Called once, at the start; may block.
     *
     * @param settings the section {@code custody}
     * @param keystore what the PKCS#12 file holds, if it is needed; to be closed if it is not part of the result
     * @throws KeystoreException in one line that names what cannot be used, the problem and the fix
     * @throws IllegalArgumentException for a setting that is missing or wrong, naming it
     */
    OrchestratorKeys load(JsonObject settings, @Nullable OrchestratorKeys keystore);

    /**
     * A setting that must be there.
     *
     * @throws IllegalArgumentException naming it, when it is not, or is no text
     */
    static String required(JsonObject settings, String name) {
        if (settings.getValue(name) instanceof String text && !text.isEmpty()) {
            return text;
        }
        throw new IllegalArgumentException(
                "custody." + name + " is missing or no text; orchestrator-full.yaml explains it");
    }
}
