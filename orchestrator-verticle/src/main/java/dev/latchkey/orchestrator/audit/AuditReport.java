// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.audit;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What was found in a log. If there is a problem, the other figures tell of what stands before it.
 *
 * @param log the log's name
 * @param files how many
 * @param records how many lines
 * @param last number of the last one; -1 when there is none
 * @param hash of the last one
 * @param time of the last one
 * @param covered number of the last checkpoint; -1 when there is none
 * @param adopted lines that no checkpoint covered when an orchestrator went on after a crash: the next one covers them as they then were
 * @param problem the first one, if any
 */
public record AuditReport(
        String log,
        int files,
        long records,
        long last,
        byte[] hash,
        String time,
        long covered,
        List<Adopted> adopted,
        Optional<AuditProblem> problem) {

    /** Lines from one number to another, both included. */
    public record Adopted(long from, long to) {
        @Override
        public String toString() {
            return from + "-" + to;
        }
    }

    /** Copies the list. */
    public AuditReport {
        adopted = List.copyOf(adopted);
    }

    /** How many lines at the end no checkpoint covers: of them, nobody can tell whether they are all, and as they were. */
    public long uncovered() {
        return last - covered;
    }

    /** Such as {@code 41:9f86d0...}, what {@code --head} takes. */
    public String head() {
        return last + ":" + HexFormat.of().formatHex(hash);
    }
}
