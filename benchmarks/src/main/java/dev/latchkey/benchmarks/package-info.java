// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.latchkey.benchmarks;

import org.jspecify.annotations.NullMarked;
