package dev.ruststack.crds;

import dev.ruststack.crds.status.RustStackStatus;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.Labels;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * The custom resource itself, for the operator. The one class of this module that needs fabric8 at run time; the
 * emulator and the CLI use {@link RustStackSpec} and {@code dev.ruststack.crds.yaml} instead.
 */
@Group(Api.GROUP)
@Version(Api.VERSION)
@ShortNames("rstk")
@Categories("ruststack")
@Labels("servicebinding.io/provisioned-service=true")
@ValidationRule(
        value = "self.metadata.name.size() <= 50 && self.metadata.name.matches('^[a-z]([-a-z0-9]*[a-z0-9])?$')",
        message =
                "the name of a stack begins with a letter, has lower-case letters, digits and '-', and at most 50 of them: Services are named after it")
@AdditionalPrinterColumn(
        name = "READY",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "REASON",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "BUCKETS",
        jsonPath = ".status.buckets.ready",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "TABLES",
        jsonPath = ".status.tables.ready",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "FUNCTIONS",
        jsonPath = ".status.functions.ready",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "ENDPOINT",
        jsonPath = ".status.endpoints.internal",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "AGE",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(
        name = "REVISION",
        jsonPath = ".status.seed.revision",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1)
@AdditionalPrinterColumn(
        name = "EXPIRES",
        jsonPath = ".status.expirationTime",
        type = AdditionalPrinterColumn.Type.DATE,
        priority = 1)
@AdditionalPrinterColumn(
        name = "IMAGE",
        jsonPath = ".status.emulator.image",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1)
public final class RustStack extends CustomResource<RustStackSpec, RustStackStatus> implements Namespaced {}
