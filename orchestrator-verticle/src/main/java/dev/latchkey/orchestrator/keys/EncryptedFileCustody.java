// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.keys;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All keys are in a file that a passphrase opens, such as in two Kubernetes secrets. */
final class EncryptedFileCustody implements KeyCustody {
    private static final String KEYS = "keysFile";
    private static final String PASSPHRASE = "passphraseFile";

    @Override
    public String kind() {
        return "encrypted-file";
    }

    @Override
    public Set<String> settings() {
        return Set.of(KEYS, PASSPHRASE);
    }

    @Override
    public boolean needsKeystore() {
        return false;
    }

    @Override
    public OrchestratorKeys load(JsonObject settings, @Nullable OrchestratorKeys keystore) {
        Path passphrase = Path.of(KeyCustody.required(settings, PASSPHRASE));
        return EncryptedKeysFile.load(Path.of(KeyCustody.required(settings, KEYS)), passphrase);
    }
}
