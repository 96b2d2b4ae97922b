// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli.doctor;

/** Whether the JDK is new enough. */
final class JdkCheck {
    private static final int LEAST = 17;

    private JdkCheck() {}

    static Finding look(Runtime.Version version) {
        return version.feature() >= LEAST
                ? Finding.ok("jdk", "Java " + version)
                : Finding.fail("jdk", "Java " + version + " is too old", "install a JDK, " + LEAST + " or newer");
    }
}
