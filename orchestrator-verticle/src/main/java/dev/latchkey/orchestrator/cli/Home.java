// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The folder that {@code latchkey init} fills: what a trust domain consists of.
 *
 * @param dir the folder
 */
record Home(Path dir) {
    /** Where it is unless told otherwise: below the working folder. */
    static final String FOLDER = ".latchkey";

    /** The orchestrators' keys. Secret. */
    Path orchestratorKeystore() {
        return dir.resolve("orchestrator.p12");
    }

    /** The key that signs credentials. Secret. */
    Path deployerKeystore() {
        return dir.resolve("deployer.p12");
    }

    /** The password of both keystores. Secret. */
    Path password() {
        return dir.resolve("keystore.password");
    }

    /** What every instance needs to know of the trust domain. Public. */
    Path trust() {
        return dir.resolve("trust.json");
    }

    /** Who may sign credentials. Public. */
    Path deployers() {
        return dir.resolve("deployers.json");
    }

    /** Who may do what. */
    Path policy() {
        return dir.resolve("policy.yaml");
    }

    /** The orchestrators' settings. */
    Path orchestrator() {
        return dir.resolve("orchestrator.yaml");
    }

    /** Where {@code latchkey run} looks for a service's credential. Secret. */
    Path credential(String service) {
        return dir.resolve(service + ".jwt");
    }

    /** All that {@code latchkey init} writes. */
    List<Path> files() {
        return List.of(
                orchestratorKeystore(), deployerKeystore(), password(), trust(), deployers(), policy(), orchestrator());
    }

    /** Refuses a folder that is not there. */
    Home requirePresent() {
        if (!Files.isDirectory(dir)) {
            throw new IllegalArgumentException(
                    "folder " + dir + " does not exist; make it by 'latchkey init', or name another by --dir");
        }
        return this;
    }

    /** Refuses a folder that holds any of the files. */
    Home requireFresh() {
        files().stream().filter(file -> Files.exists(file)).findFirst().ifPresent(file -> {
            throw new IllegalArgumentException(
                    file + " exists already; name another folder by --dir, or move the old files away");
        });
        return this;
    }
}
