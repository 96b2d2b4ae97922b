// SPDX-License-Identifier: Apache-2.0
/** Nodes in JVMs of their own that a driver starts, commands and taps, and the tools of whoever attacks them. */
@NullMarked
package dev.latchkey.examples.node;

import org.jspecify.annotations.NullMarked;
