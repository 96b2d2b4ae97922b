// SPDX-License-Identifier: Apache-2.0
/** The demo: real nodes in separate JVMs, an intruder, and a wiretap. */
@NullMarked
package dev.latchkey.examples.demo;

import org.jspecify.annotations.NullMarked;
