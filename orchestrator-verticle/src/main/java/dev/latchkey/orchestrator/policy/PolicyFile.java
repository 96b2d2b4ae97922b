// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import java.nio.file.Path;

/** Reads a {@link Policy} from a YAML file; {@code conf/policy-full.yaml} shows and explains every setting. */
public final class PolicyFile {

    private PolicyFile() {}

    /**
     * Reads a policy. Blocks while it reads the file.
     *
     * <p>All problems are reported at once, with one exception: while a service is misspelt or malformed, nobody is told
     * that its operations lack a provider or a caller, since that most often is the same mistake.
     *
     * @param file a YAML file in UTF-8 of at most 1 MiB; problems name it as it is given here
     * @return the policy
     * @throws PolicyException if the file cannot be read or has any problem
     */
    public static Policy load(Path file) {
        return LoadedPolicy.load(file).policy();
    }
}
