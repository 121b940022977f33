package dev.ruststack.emulator.aws.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.PayloadTrait;
import software.amazon.awssdk.protocols.core.OperationInfo;
import software.amazon.awssdk.utils.builder.Buildable;

/** AWS's own model of an operation, as the AWS SDK for Java v2 carries it. */
record SdkModel(String service, String operation) {
    /** A member: where it travels, its name there, and what is in it. */
    record Member(MarshallLocation location, String wireName, SdkField<?> field) {
        /** Whether it is the body. */
        boolean isPayload() {
            return field.containsTrait(PayloadTrait.class);
        }

        /** The members of the structure that this one is, or is a list of; empty where it is neither. */
        Map<String, Member> nested() {
            var element = field;
            if (element.containsTrait(ListTrait.class)) {
                element = element.getTrait(ListTrait.class).memberFieldInfo();
            } else if (element.containsTrait(MapTrait.class)) {
                return Map.of();
            }
            if (element.marshallingType() != MarshallingType.SDK_POJO) {
                return Map.of();
            }
            return members(element.constructor().get());
        }
    }

    /** Method and path with its fixed query, such as {@code GET /{Bucket}/{Key+}?tagging}. */
    String route() {
        var info = binding();
        var uri = info.requestUri();
        if (service.equals("s3") && !uri.startsWith("/{Bucket}") && !operation.equals("ListBuckets")) {
            uri = uri.equals("/") || uri.startsWith("/?") ? "/{Bucket}" + uri.substring(1) : "/{Bucket}" + uri;
        }
        return info.httpMethod() + " " + uri;
    }

    Map<String, Member> request() {
        return members(build("Request"));
    }

    Map<String, Member> response() {
        return members(build("Response"));
    }

    /**
     * The members of a response as they stand on the wire: where one of them is the document, and {@code shape} has it
     * not as a payload of its own, the document's members stand for it.
     */
    static Map<String, Member> asDocument(Map<String, Member> members, Shape shape) {
        boolean own = shape.members().stream().anyMatch(ours -> ours.annotation(HttpPayload.class) != null);
        var all = new TreeMap<>(members);
        members.forEach((name, member) -> {
            if (!own && member.isPayload() && !member.nested().isEmpty()) {
                all.remove(name);
                all.putAll(member.nested());
            }
        });
        return all;
    }

    /** The members that {@code shape} does not have, for the list of what is not honoured. */
    static List<String> missing(Map<String, Member> members, Shape shape) {
        var missing = new ArrayList<String>();
        boolean streamed = shape.members().stream().anyMatch(ours -> ours.annotation(HttpPayload.class) != null);
        for (var member : members.values()) {
            if (streamed && member.isPayload()) {
                continue;
            }
            boolean there = flat(shape)
                    .anyMatch(ours -> ours.annotation(NotHonoured.class) == null
                            && (wireName(ours).equalsIgnoreCase(member.wireName())
                                    || itemTypes(ours).containsKey(member.wireName())));
            if (!there) {
                missing.add(member.wireName());
            }
        }
        return missing;
    }

    /** The members of a shape, with those of a group of headers in the place of the group. */
    static Stream<Shape.Member> flat(Shape shape) {
        return shape.members().stream()
                .flatMap(member -> member.annotation(HttpHeaderGroup.class) == null
                        ? Stream.of(member)
                        : Shape.of(member.type()).members().stream());
    }

    /** The types of a list of several by their element names; empty where it is none. */
    static Map<String, Class<?>> itemTypes(Shape.Member member) {
        var types = new TreeMap<String, Class<?>>();
        if (member.mixed()) {
            for (var type : member.type().getPermittedSubclasses()) {
                types.put(Shape.of(type).name(), type);
            }
        }
        return types;
    }

    /** The name under which a component travels. */
    static String wireName(Shape.Member member) {
        @Nullable XmlAttribute attribute = member.annotation(XmlAttribute.class);
        if (attribute != null) {
            return "xsi:" + attribute.value();
        }
        @Nullable HttpHeader header = member.annotation(HttpHeader.class);
        if (header != null) {
            return header.value();
        }
        @Nullable HttpQuery query = member.annotation(HttpQuery.class);
        if (query != null) {
            return query.value();
        }
        @Nullable HttpPrefixHeaders prefix = member.annotation(HttpPrefixHeaders.class);
        return prefix == null ? member.name() : prefix.value();
    }

    private OperationInfo binding() {
        try {
            var field = type("transform." + operation + "RequestMarshaller").getDeclaredField("SDK_OPERATION_BINDING");
            field.setAccessible(true);
            return (OperationInfo) field.get(null);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(operation, e);
        }
    }

    private SdkPojo build(String suffix) {
        try {
            var builder =
                    type("model." + operation + suffix).getMethod("builder").invoke(null);
            return (SdkPojo) Buildable.class.getMethod("build").invoke(builder);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(operation, e);
        }
    }

    private Class<?> type(String name) throws ClassNotFoundException {
        return Class.forName("software.amazon.awssdk.services." + service + "." + name);
    }

    private static Map<String, Member> members(SdkPojo pojo) {
        var members = new TreeMap<String, Member>();
        for (var field : pojo.sdkFields()) {
            var name = field.location() == MarshallLocation.PAYLOAD
                    ? field.unmarshallLocationName()
                    : field.locationName();
            members.put(name.toLowerCase(Locale.ROOT), new Member(field.location(), name, field));
        }
        return members;
    }
}
