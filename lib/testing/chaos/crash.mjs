/** Loaded into a relay (node --import): at SIGUSR2 each consumer of kafkajs crashes at its next messages, in a way that it does not come back from. */
import kafkajs from 'kafkajs'

const { Kafka, KafkaJSNonRetriableError } = kafkajs
const make = Kafka.prototype.consumer
let asked = 0

Kafka.prototype.consumer = function (...given) {
  const consumer = make.apply(this, given)
  const { run } = consumer
  let crashed = asked
  consumer.run = ({ eachBatch, ...options }) =>
    run({
      ...options,
      async eachBatch(payload) {
        if (crashed === asked) return eachBatch(payload)
        crashed = asked
        throw new KafkaJSNonRetriableError('a crash of the chaos run')
      },
    })
  return consumer
}
process.on('SIGUSR2', () => (asked += 1))
