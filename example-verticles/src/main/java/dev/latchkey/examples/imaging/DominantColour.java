// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.imaging;

/**
 * One of the few colours that a picture mostly consists of.
 *
 * @param hex {@code #rrggbb}
 * @param share the part of the picture's area that it stands for, from 0 to 1
 */
public record DominantColour(String hex, double share) {

    /** Checks the parts. */
    public DominantColour {
        if (!hex.matches("#[0-9a-f]{6}")) {
            throw new IllegalArgumentException("a colour is not written as #rrggbb; use six small hex digits");
        }
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("the share of " + hex + " is " + share + "; use 0 to 1");
        }
    }
}
