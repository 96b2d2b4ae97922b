// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli.doctor;

/** Whether something can be loaded. */
final class LoadCheck {
    private LoadCheck() {}

    static Finding look(String check, Runnable load) {
        try {
            load.run();
            return Finding.ok(check, "can be loaded");
        } catch (RuntimeException e) {
            return failed(check, String.valueOf(e.getMessage()));
        }
    }

    /** Texts of Latchkey end in the fix, after a semicolon. */
    private static Finding failed(String check, String text) {
        String line = text.replaceAll("\\s*\\R\\s*", " | ");
        int fix = line.indexOf("; ");
        return fix < 0
                ? Finding.fail(check, line, "correct it")
                : Finding.fail(check, line.substring(0, fix), line.substring(fix + 2));
    }
}
