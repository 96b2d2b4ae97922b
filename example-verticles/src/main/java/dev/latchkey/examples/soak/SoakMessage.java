// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.soak;

import io.vertx.core.buffer.Buffer;

/**
 * One message of a stream.
 *
 * @param caller number of the caller's JVM; a caller that is started again has another one
 * @param number counts up from 0 in its stream
 */
record SoakMessage(int caller, long number) {
    private static final int LENGTH = 256;
    private static final int NUMBER = Integer.BYTES;

    /** The message as a body of 256 bytes. */
    Buffer toBody() {
        return Buffer.buffer(new byte[LENGTH]).setInt(0, caller).setLong(NUMBER, number);
    }

    static SoakMessage of(Buffer body) {
        return new SoakMessage(body.getInt(0), body.getLong(NUMBER));
    }
}
