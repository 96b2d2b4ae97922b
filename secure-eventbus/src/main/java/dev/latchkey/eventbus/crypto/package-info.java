// SPDX-License-Identifier: Apache-2.0
/**
 * Latchkey's cryptography: the key schedule, the ciphers and the erasable secrets they work on.
 *
 * <p><strong>Internal.</strong> The classes are public because other packages of Latchkey use them; they are no
 * part of its API and may change in any release. Nothing else in Latchkey touches {@code javax.crypto} or Bouncy
 * Castle, and nothing here knows of the event bus.
 *
 * <p>Two conventions hold throughout. Every array handed in or out is copied unless a method says otherwise. A
 * {@link dev.latchkey.eventbus.crypto.SecretBytes} handed in stays its owner's, and one handed out is the
 * receiver's to close.
 */
@NullMarked
package dev.latchkey.eventbus.crypto;

import org.jspecify.annotations.NullMarked;
