// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import java.util.List;

/**
 * A service as a policy file words it.
 *
 * @param provides names of operations
 * @param invokes names of operations
 */
public record ServiceOutline(List<String> provides, List<String> invokes) {

    /** Copies. */
    public ServiceOutline {
        provides = List.copyOf(provides);
        invokes = List.copyOf(invokes);
    }
}
