// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus;

/** No orchestrator was found that can be believed. The text is for people: what was found, and what to do. */
public final class BootstrapException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A search that found nobody.
     *
     * @param text what was found instead, and what to do; without the word that says that it is of bootstrap
     */
    public BootstrapException(String text) {
        super("bootstrap: " + text);
    }
}
