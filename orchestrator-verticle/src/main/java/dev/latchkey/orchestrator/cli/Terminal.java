// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import picocli.CommandLine.Model.CommandSpec;

/** The person before the screen, if there is one. */
interface Terminal {
    /** True when somebody reads along and can answer. */
    boolean isPresent();

    /** True when colours are welcome: on a terminal, and unless NO_COLOR is set (no-color.org). */
    boolean hasColours();

    /** Asks, and waits for the answer; empty when there is none. */
    String ask(String question);

    /** Nobody: a script, or a test. */
    static Terminal none() {
        return Nobody.INSTANCE;
    }

    /** That of the program which a command belongs to. */
    static Terminal of(CommandSpec spec) {
        return spec.root().userObject() instanceof LatchkeyCommand program ? program.terminal() : none();
    }

    /** Nobody at all. */
    enum Nobody implements Terminal {
        INSTANCE;

        @Override
        public boolean isPresent() {
            return false;
        }

        @Override
        public boolean hasColours() {
            return false;
        }

        @Override
        public String ask(String question) {
            return "";
        }
    }
}
