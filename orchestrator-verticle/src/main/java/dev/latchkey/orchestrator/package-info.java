// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.latchkey.orchestrator;

import org.jspecify.annotations.NullMarked;
