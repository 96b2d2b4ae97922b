// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with one file, so that an operator mends it in one go. */
final class Problems {

    private final Path file;
    private final List<Problem> found = new ArrayList<>();

    Problems(Path file) {
        this.file = file;
    }

    void add(Problem problem) {
        found.add(problem);
    }

    int count() {
        return found.size();
    }

    void throwIfAny() {
        if (!found.isEmpty()) {
            throw exception();
        }
    }

    /** Adds what makes going on pointless. */
    PolicyException fatal(Problem problem) {
        add(problem);
        return exception();
    }

    private PolicyException exception() {
        return new PolicyException(found.stream()
                .sorted(Comparator.comparingInt(Problem::line))
                .map(problem -> problem.describe(file))
                .toList());
    }
}
