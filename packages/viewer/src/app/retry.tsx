/** Once more, after something could not be had: the server may be there again. */

export function Retry({ retry }: { retry: () => void }) {
  return (
    <p>
      <button type="button" class="button" onClick={retry}>
        Try again
      </button>
    </p>
  );
}
