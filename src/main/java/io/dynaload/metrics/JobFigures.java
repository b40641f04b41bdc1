package io.dynaload.metrics;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.function.DoubleSupplier;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.flink.metrics.MetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a job's coordinators know of it, for everybody in the JobManager's process: as platform
 * MBeans, which cross class loaders. In Flink's application mode the program that submitted the job
 * runs beside the coordinators, but in a class loader of its own, and no metric reporter can be
 * given by the job's jar. Thread-safe.
 *
 * <p>An operator's figures are there from {@link #publish} to {@link #close}. Nothing of it fails a
 * job: where figures cannot be published, they are missing.
 */
public final class JobFigures implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JobFigures.class);
  private static final String DOMAIN = "io.dynaload:type=JobFigures,job=";

  private final ObjectName name;
  private final Figures figures;

  private JobFigures(ObjectName name, Figures figures) {
    this.name = name;
    this.figures = figures;
  }

  /**
   * From now on, the figures of the operator that a coordinator's group is of can be read. Those of
   * a coordinator before it are no longer.
   */
  public static JobFigures publish(MetricGroup group, Map<String, DoubleSupplier> figures) {
    Map<String, String> scope = group.getAllVariables();
    Figures bean = new Figures(Map.copyOf(figures));
    ObjectName name =
        name(
            scope.getOrDefault("<job_id>", "none")
                + ",operator="
                + scope.getOrDefault("<operator_id>", "none"));
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    synchronized (JobFigures.class) {
      try {
        if (server.isRegistered(name)) {
          server.unregisterMBean(name);
        }
        server.registerMBean(bean, name);
      } catch (JMException e) {
        LOG.warn("The figures of the job cannot be shown as {}", name, e);
      }
    }
    return new JobFigures(name, bean);
  }

  /**
   * One figure of a job, summed over the operators that have it.
   *
   * @param job its id
   * @return 0 if there is none
   */
  public static double of(String job, String figure) {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    double sum = 0;
    for (ObjectName each : server.queryNames(name(job + ",*"), null)) {
      try {
        if (server.getAttribute(each, figure) instanceof Double value) {
          sum += value;
        }
      } catch (AttributeNotFoundException e) {
        // Another operator's.
      } catch (JMException | RuntimeException e) {
        // It has just gone, or its coordinator is about to.
        LOG.debug("{} of {} is not known", figure, each, e);
      }
    }
    return sum;
  }

  /** They are no longer there. */
  @Override
  public void close() {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    synchronized (JobFigures.class) {
      try {
        // A later coordinator of the operator may have taken its place.
        if (server.isRegistered(name) && figures.id.equals(server.getAttribute(name, Figures.ID))) {
          server.unregisterMBean(name);
        }
      } catch (JMException e) {
        LOG.debug("{} has just gone", name, e);
      }
    }
  }

  private static ObjectName name(String job) {
    try {
      return new ObjectName(DOMAIN + job);
    } catch (JMException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static final class Figures implements DynamicMBean {
    static final String ID = "id";

    private final String id = java.util.UUID.randomUUID().toString();
    private final Map<String, DoubleSupplier> figures;

    Figures(Map<String, DoubleSupplier> figures) {
      this.figures = figures;
    }

    @Override
    public Object getAttribute(String attribute) throws AttributeNotFoundException {
      DoubleSupplier figure = figures.get(attribute);
      if (figure != null) {
        return figure.getAsDouble();
      }
      if (attribute.equals(ID)) {
        return id;
      }
      throw new AttributeNotFoundException(attribute);
    }

    @Override
    public AttributeList getAttributes(String[] attributes) {
      AttributeList found = new AttributeList();
      for (String each : attributes) {
        if (figures.containsKey(each)) {
          found.add(new Attribute(each, figures.get(each).getAsDouble()));
        }
      }
      return found;
    }

    @Override
    public void setAttribute(Attribute attribute) throws AttributeNotFoundException {
      throw new AttributeNotFoundException(attribute.getName() + " cannot be set");
    }

    @Override
    public AttributeList setAttributes(AttributeList attributes) {
      return new AttributeList();
    }

    @Override
    public Object invoke(String action, Object[] parameters, String[] signature) {
      throw new UnsupportedOperationException(action);
    }

    @Override
    public MBeanInfo getMBeanInfo() {
      MBeanAttributeInfo[] attributes =
          figures.keySet().stream()
              .sorted()
              .map(each -> new MBeanAttributeInfo(each, "double", each, true, false, false))
              .toArray(MBeanAttributeInfo[]::new);
      return new MBeanInfo(
          Figures.class.getName(), "What a job has done", attributes, null, null, null);
    }
  }
}
