// The slider of an incident's history: says which state it stands at, and shows it when let go.

const form = document.querySelector(".states");
const slider = form?.elements.state;

if (slider) {
  const dates = new Map([...form.querySelectorAll("option")].map((one) => [one.value, one.label]));
  slider.addEventListener("input", () => {
    form.querySelector("output").textContent = `${slider.value} of ${slider.max}, ${dates.get(slider.value)}`;
  });
  slider.addEventListener("change", () => form.requestSubmit());
}
