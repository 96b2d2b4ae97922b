// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.node;

/** A run with nodes cannot go on. The text is one line for people. */
public final class NodeException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Says why. */
    public NodeException(String text) {
        super(text);
    }
}
