// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * One service and what it may do.
 *
 * @param name such as {@code gateway}: a lower-case letter, then up to 62 lower-case letters, digits or hyphens
 * @param provides names of the operations whose messages it may receive and answer
 * @param invokes names of the operations whose messages it may send
 */
public record ServicePolicy(String name, Set<String> provides, Set<String> invokes) {

    /**
     * Checks and copies; the sets keep their order.
     *
     * @throws IllegalArgumentException if the name is none; its message is {@code <problem>; <fix>}
     */
    public ServicePolicy {
        checkName(name);
        provides = Collections.unmodifiableSet(new LinkedHashSet<>(provides));
        invokes = Collections.unmodifiableSet(new LinkedHashSet<>(invokes));
    }

    /**
     * Refuses what is no name of a service.
     *
     * @throws IllegalArgumentException if it is none; its message is {@code <problem>; <fix>}
     */
    public static void checkName(String name) {
        Names.checkService(name);
    }
}
