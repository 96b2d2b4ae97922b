// SPDX-License-Identifier: Apache-2.0
/** A policy made of observed traffic. Internal to Latchkey. */
@NullMarked
package dev.latchkey.orchestrator.suggest;

import org.jspecify.annotations.NullMarked;
