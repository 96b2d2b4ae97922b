// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.token;

/** A JWT that is not acceptable. The text says which rule it broke and never repeats the token. */
public final class JwtException extends Exception {
    /** With the rule that was broken. */
    public JwtException(String rule) {
        super(rule);
    }
}
