// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.demo;

/** The demo cannot go on. The text is one line for people. */
final class DemoException extends Exception {
    private static final long serialVersionUID = 1L;

    DemoException(String text) {
        super(text);
    }
}
