// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version that the jar's manifest names; classes outside of a jar have none. */
final class ManifestVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = LatchkeyCommand.class.getPackage().getImplementationVersion();
        return new String[] {"latchkey " + Optional.ofNullable(version).orElse("dev")};
    }
}
