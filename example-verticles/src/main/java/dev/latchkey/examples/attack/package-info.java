// SPDX-License-Identifier: Apache-2.0
/** The attack suite: named attacks on a live cluster in separate JVMs, each judged by what its victims say. */
@NullMarked
package dev.latchkey.examples.attack;

import org.jspecify.annotations.NullMarked;
