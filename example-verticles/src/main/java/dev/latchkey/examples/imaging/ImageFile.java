// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.imaging;

import java.util.Arrays;

/**
 * A picture as it lies on disk. The bytes are not copied: whoever hands them over no longer writes to them.
 *
 * @param name the file's name, without its folder
 * @param encoded the file's bytes, not yet trusted to be a picture
 */
@SuppressWarnings("ArrayRecordComponent") // equals and hashCode below look at the content
public record ImageFile(String name, byte[] encoded) {

    @Override
    public boolean equals(Object other) {
        return other instanceof ImageFile that && name.equals(that.name) && Arrays.equals(encoded, that.encoded);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Arrays.hashCode(encoded);
    }

    @Override
    public String toString() {
        return name + " (" + encoded.length + " bytes)";
    }
}
