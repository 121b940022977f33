package dev.ruststack.crds.table;

import dev.ruststack.crds.schema.Absent;
import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.CelRule;
import dev.ruststack.crds.schema.Default;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.OneOf;
import dev.ruststack.crds.schema.Size;
import dev.ruststack.crds.schema.Text;
import java.util.List;

/** The attributes an index holds beside the keys. AWS: DynamoDB API Reference, Projection. */
@Bindable
@CelRule(
        rule =
                "(has(self.projectionType) && self.projectionType == 'INCLUDE') == (has(self.nonKeyAttributes) && self.nonKeyAttributes.size() > 0)",
        message = "nonKeyAttributes belongs to projectionType INCLUDE, and is needed there")
public record Projection(
        @Description("ALL, KEYS_ONLY, or INCLUDE with nonKeyAttributes.")
        @Default(ALL)
        @OneOf({ALL, KEYS_ONLY, INCLUDE})
        String projectionType,

        @Description("Names of the attributes, for INCLUDE.") @Size(max = 20)
        List<@Text(min = 1, max = 255) String> nonKeyAttributes) {
    public static final String ALL = "ALL";
    public static final String KEYS_ONLY = "KEYS_ONLY";
    public static final String INCLUDE = "INCLUDE";
    public static final Projection DEFAULT = new Projection(ALL, List.of());

    public Projection {
        projectionType = Absent.as(projectionType, ALL);
        nonKeyAttributes = Absent.asEmpty(nonKeyAttributes);
    }
}
