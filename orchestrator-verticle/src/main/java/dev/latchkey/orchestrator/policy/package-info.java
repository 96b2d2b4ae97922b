// SPDX-License-Identifier: Apache-2.0
/**
 * Policy as an orchestrator loads it: which operations there are, which service may provide and which may invoke them,
 * and for how long tokens, keys and leases live.
 *
 * <p>{@link dev.latchkey.orchestrator.policy.PolicyFile} reads it from YAML, all or nothing: a file with any problem
 * gives no policy, but a list of all its problems.
 */
@NullMarked
package dev.latchkey.orchestrator.policy;

import org.jspecify.annotations.NullMarked;
