// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.wire;

import java.util.Arrays;

/**
 * How one direction of a connection began.
 *
 * @param name which connection, and which way
 * @param bytes its first bytes, 64 KiB at most
 */
@SuppressWarnings("ArrayRecordComponent") // equals and hashCode below look at the content
public record WireHead(String name, byte[] bytes) {

    @Override
    public boolean equals(Object other) {
        return other instanceof WireHead that && name.equals(that.name) && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Arrays.hashCode(bytes);
    }

    /** Not the bytes: they may be anything. */
    @Override
    public String toString() {
        return name + " (" + bytes.length + " bytes)";
    }
}
