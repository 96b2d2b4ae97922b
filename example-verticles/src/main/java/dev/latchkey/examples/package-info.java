// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.latchkey.examples;

import org.jspecify.annotations.NullMarked;
