// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import java.util.Map;

/**
 * A service as far as it could be read.
 *
 * @param name its key, perhaps a malformed one
 * @param where its entry in the file
 * @param provides names, perhaps of no operation, and where they are
 * @param invokes names, perhaps of no operation, and where they are
 */
record ServiceDraft(String name, Located where, Map<String, Located> provides, Map<String, Located> invokes) {

    /** What the draft says; to be called only for a file without problems. */
    ServicePolicy policy() {
        return new ServicePolicy(name, provides.keySet(), invokes.keySet());
    }
}
