// SPDX-License-Identifier: Apache-2.0
/** The admin API over HTTP: what an operator sees of an orchestrator and may have it do. */
@NullMarked
package dev.latchkey.orchestrator.admin;

import org.jspecify.annotations.NullMarked;
