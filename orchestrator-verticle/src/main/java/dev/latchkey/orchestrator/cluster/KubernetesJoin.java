// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cluster;

import com.hazelcast.config.KubernetesConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The settings of Hazelcast's Kubernetes plug-in, which is part of Hazelcast. */
final class KubernetesJoin {
    private static final Path MOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

    private KubernetesJoin() {}

    /**
     * Enters them.
     *
     * @param port the port of nodes that Kubernetes tells no port of
     * @throws IllegalArgumentException naming the file that is missing, and the fix
     */
    static void enter(Discovery discovery, int port, KubernetesConfig config) {
        Map<String, String> settings = discovery.settings();
        config.setEnabled(true).setProperty("service-port", settings.getOrDefault("servicePort", String.valueOf(port)));
        if (discovery.kind() == Discovery.Kind.KUBERNETES_DNS) {
            put(config, "service-dns", settings.get("serviceDns"));
            put(config, "service-dns-timeout", settings.get("serviceDnsTimeout"));
        } else {
            enterApi(settings, config);
        }
    }

    private static void enterApi(Map<String, String> settings, KubernetesConfig config) {
        put(config, "namespace", settings.get("namespace"));
        put(config, "service-name", settings.get("serviceName"));
        putLabel(config, "service-label", settings.get("serviceLabel"));
        putLabel(config, "pod-label", settings.get("podLabel"));
        put(config, "kubernetes-master", settings.get("apiServer"));
        // Nodes that start together are not ready yet, and have to find each other all the same.
        put(config, "resolve-not-ready-addresses", "true");
        putFile(config, "api-token", "apiTokenFile", settings, "token");
        putFile(config, "ca-certificate", "caCertificateFile", settings, "ca.crt");
    }

    private static void put(KubernetesConfig config, String property, @Nullable String value) {
        if (value != null) {
            config.setProperty(property, value);
        }
    }

    private static void putLabel(KubernetesConfig config, String property, @Nullable String label) {
        if (label != null) {
            int cut = label.indexOf('=');
            config.setProperty(property + "-name", label.substring(0, cut));
            config.setProperty(property + "-value", label.substring(cut + 1));
        }
    }

    /** Hazelcast finds what Kubernetes mounts by itself, and reads it again when it is renewed; it must be there. */
    private static void putFile(
            KubernetesConfig config, String property, String setting, Map<String, String> settings, String mounted) {
        String given = settings.get(setting);
        if (given != null) {
            config.setProperty(property, read(setting, Path.of(given)));
        } else if (!Files.isReadable(MOUNT.resolve(mounted))) {
            throw new IllegalArgumentException("cluster." + setting + ": " + MOUNT.resolve(mounted)
                    + " cannot be read; let the pod have its service account's token (automountServiceAccountToken: true), or name "
                    + "another file");
        }
    }

    private static String read(String setting, Path file) {
        try {
            return Files.readString(file).trim();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "cluster." + setting + ": " + file + " cannot be read; correct the path", e);
        }
    }
}
