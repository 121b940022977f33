package dev.ruststack.crds.cluster;

import dev.ruststack.crds.schema.Absent;
import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.Required;
import dev.ruststack.crds.schema.Size;
import dev.ruststack.crds.schema.Text;
import java.util.List;

/** A range of IP addresses. */
@Bindable
public record IpBlock(
        @Required
        @Text(min = 1, max = 43, pattern = "[0-9a-fA-F.:]+/[0-9]{1,3}", means = "a range such as 10.0.0.0/8")
        @Description("The range.")
        String cidr,

        @Description("Ranges within it that are left out.") @Size(max = 16)
        List<
                        @Text(
                                min = 1,
                                max = 43,
                                pattern = "[0-9a-fA-F.:]+/[0-9]{1,3}",
                                means = "a range such as 10.0.0.0/8")
                        String>
                except) {
    public IpBlock {
        except = Absent.asEmpty(except);
    }
}
