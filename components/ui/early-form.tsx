import type { ComponentProps } from 'react'

interface EarlyFormProps extends Omit<ComponentProps<'form'>, 'onSubmit' | 'action'> {
  onSend: () => void
}

/**
 * A form that may be sent before its page works: `onSend` is called when it is sent, or as soon as the page works. React keeps a
 * form that has a function for its action until then (https://react.dev/reference/react-dom/components/form). What is sent so
 * early starts again at its default values afterwards: for fields that the browser keeps.
 */
export function EarlyForm({ onSend, ...rest }: EarlyFormProps) {
  return (
    <form
      {...rest}
      onSubmit={(event) => {
        event.preventDefault()
        onSend()
      }}
      action={onSend}
    />
  )
}
