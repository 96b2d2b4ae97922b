// SPDX-License-Identifier: Apache-2.0
/** Metrics for Prometheus, over HTTP. Internal to Latchkey. */
@NullMarked
package dev.latchkey.orchestrator.metrics;

import org.jspecify.annotations.NullMarked;
