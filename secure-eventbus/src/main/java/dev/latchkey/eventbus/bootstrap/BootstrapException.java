// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bootstrap;

/** No orchestrator was found that can be believed. The text says what was found, and what to do. */
final class BootstrapException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BootstrapException(String text) {
        super("bootstrap: " + text);
    }
}
