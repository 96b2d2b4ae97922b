// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import java.util.List;

/** Attacks of one kind. */
interface Family {
    /** What they have in common. */
    String name();

    /** The attacks, in the order in which they are made. */
    List<Attack> attacks();
}
