package io.dynaload.sink;

import io.dynaload.deadletter.RunLetters;
import io.dynaload.item.Item;
import io.dynaload.item.KeySchema;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.CoordinatedOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.YieldingOperatorFactory;

/** Makes the sink's operators, chained to what stands before them. */
final class SinkOperatorFactory extends AbstractStreamOperatorFactory<Void>
    implements OneInputStreamOperatorFactory<Item, Void>,
        CoordinatedOperatorFactory<Void>,
        YieldingOperatorFactory<Void> {
  private static final long serialVersionUID = 1L;

  private final DynamoDbSinkConfig config;
  private final KeySchema keys;
  private final RunLetters letters;

  SinkOperatorFactory(DynamoDbSinkConfig config, KeySchema keys, RunLetters letters) {
    this.config = config;
    this.keys = keys;
    this.letters = letters;
    setChainingStrategy(ChainingStrategy.ALWAYS);
  }

  @Override
  @SuppressWarnings("unchecked") // the caller asks for the operator that this factory makes
  public <T extends StreamOperator<Void>> T createStreamOperator(
      StreamOperatorParameters<Void> parameters) {
    return (T) new SinkOperator(parameters, config, keys, letters, getMailboxExecutor());
  }

  @Override
  public OperatorCoordinator.Provider getCoordinatorProvider(
      String operatorName, OperatorID operatorId) {
    return new CapacityCoordinator.Provider(operatorId, config);
  }

  @Override
  @SuppressWarnings("rawtypes") // as Flink declares it
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
    return SinkOperator.class;
  }
}
