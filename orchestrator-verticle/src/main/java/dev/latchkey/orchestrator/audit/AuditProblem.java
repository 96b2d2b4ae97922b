// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.audit;

/**
 * What is wrong with a log, and where.
 *
 * @param file its name in the folder
 * @param line counted from 1; 0 for the file as a whole
 * @param text for people
 */
public record AuditProblem(String file, long line, String text) {
    /** Such as {@code audit-00000001.jsonl:7: the line was changed}. */
    @Override
    public String toString() {
        return file + (line == 0 ? "" : ":" + line) + ": " + text;
    }
}
