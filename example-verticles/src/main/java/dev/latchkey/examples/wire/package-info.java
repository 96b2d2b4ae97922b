// SPDX-License-Identifier: Apache-2.0
/**
 * A wiretap for the demo: what anyone between two nodes gets to see, and whether there is plaintext in it.
 *
 * <p>{@link dev.latchkey.examples.wire.WireTap} forwards TCP and changes nothing; {@link
 * dev.latchkey.examples.wire.WireLog} looks at every byte that goes by.
 */
@NullMarked
package dev.latchkey.examples.wire;

import org.jspecify.annotations.NullMarked;
