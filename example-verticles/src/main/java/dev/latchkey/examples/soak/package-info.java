// SPDX-License-Identifier: Apache-2.0
/**
 * The soak harness: separate JVMs under load and faults, on the secured and on the plain bus, and a checker that accounts for every
 * message. Internal to Latchkey.
 */
@NullMarked
package dev.latchkey.examples.soak;

import org.jspecify.annotations.NullMarked;
