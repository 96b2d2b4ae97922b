// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.registration;

/** Answers as they are before they are sealed. */
public final class PlainAnswers {
    private PlainAnswers() {}

    public static Answer read(byte[] plain) {
        return AnswerFormat.read(plain);
    }
}
