// SPDX-License-Identifier: Apache-2.0
/**
 * What the image service of the demo knows of pictures: bytes in, {@link
 * dev.latchkey.examples.imaging.ImageFacts} out.
 *
 * <p>The bytes come from strangers, so the order is: size, magic bytes, the header's dimensions, and only then a
 * decoder. Nothing here knows of the bus; the only thing taken from Vert.x is its JSON.
 */
@NullMarked
package dev.latchkey.examples.imaging;

import org.jspecify.annotations.NullMarked;
