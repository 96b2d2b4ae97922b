// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.latchkey.eventbus;

import org.jspecify.annotations.NullMarked;
