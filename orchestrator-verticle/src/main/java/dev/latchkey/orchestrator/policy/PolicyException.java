// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import java.util.List;

/**
 * A policy file was refused, for all the reasons that it carries.
 *
 * <p>Each problem is one line such as {@code conf/policy.yaml:12: services.image.provids: unknown key 'provids'; did
 * you mean 'provides'?}: file, line, key, problem and fix. Its message is all of them, a line each.
 */
public final class PolicyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    PolicyException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /**
     * What is wrong with the file.
     *
     * @return at least one line, in the order of the file
     */
    public List<String> problems() {
        return problems;
    }
}
