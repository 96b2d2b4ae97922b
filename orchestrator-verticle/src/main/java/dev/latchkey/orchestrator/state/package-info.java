// SPDX-License-Identifier: Apache-2.0
/** What orchestrators share: leases and provider keys, sealed in the cluster's maps. Internal to Latchkey. */
@NullMarked
package dev.latchkey.orchestrator.state;

import org.jspecify.annotations.NullMarked;
